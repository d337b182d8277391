"""What officers fill in to set up and run rounds."""

"""What officers may type when they set up funds and rounds."""

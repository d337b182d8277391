"""How fast the portal is: `make bench` measures pages, saves and exports beside two floors and prints one table.

`worlds` fills databases of each size, `servers` runs gunicorn on them, `client` asks, `targets` says for what,
`exports` measures long downloads, `report` lays it out.
"""

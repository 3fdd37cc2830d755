// PlacardCommands

// PlacardEngine

// PlacardClient

// PlacardBundle

// PlacardText

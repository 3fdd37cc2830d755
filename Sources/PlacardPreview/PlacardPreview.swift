// PlacardPreview

// PlacardMarkdown

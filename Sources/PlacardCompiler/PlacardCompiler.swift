// PlacardCompiler

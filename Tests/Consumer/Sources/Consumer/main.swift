import PlacardClient

print("An app that reads messages with PlacardClient.")

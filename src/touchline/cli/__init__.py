COMMANDS = {
    "demo": "Write the demo company's exports, import them as a user would, print the map and serve it with its pain points.",
    "init": "Make a workspace: a folder with an empty store and the default journey definition.",
    "serve": "Show the workspace in the browser, and collect events, until stopped with Ctrl-C.",
    "verify": "Plant worlds with known answers, let them through the product, and print what came back beside them.",
}
"""What `touchline --help` says of each command: loading them all takes a second."""

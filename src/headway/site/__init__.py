"""Where everything is wired: settings, addresses, servers. Nothing imports from here; the command line names it."""

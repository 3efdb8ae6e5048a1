"""Where everything is wired: settings, addresses, servers. Nothing else imports from here but the command line."""

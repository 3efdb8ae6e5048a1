"""Content of other systems: question banks and packages of many formats, each read into the same neutral questions."""

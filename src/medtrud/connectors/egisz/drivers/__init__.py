"""Libraries and wires: XML, schemas, schematron; the registry and its simulator."""

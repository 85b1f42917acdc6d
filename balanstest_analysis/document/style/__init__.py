"""The colours and the logo of an organisation, checked before a report shows them."""

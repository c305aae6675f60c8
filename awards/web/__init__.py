"""HTTP for all rooms: pages, forms, languages, headers, problem pages. Knows no room."""

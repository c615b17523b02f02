"""The invariants of the catalogue, a file for each thing that they are about. A check reads and tells; what mends it
stands beside it."""

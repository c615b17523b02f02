"""The whole interface of data described for machines (OpenAPI 3.1), made of what each address declares."""

from .writing import AddressOf, Site, description

__all__ = ["AddressOf", "Site", "description"]

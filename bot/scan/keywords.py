"""Bibs as keywords that photo programs read: an XMP file beside the photo, so the photo itself stays as it is.

A packet inside a JPEG would have to be merged with what the camera wrote there, and Pillow cannot save a JPEG without
coding its pixels anew; a file beside it works for all eight formats. It is called `photo.jpg.xmp`, as digiKam and
darktable write it, for `photo.xmp` could belong to `photo.heic`, too.
"""

from collections.abc import Iterable
from typing import Final
from xml.sax.saxutils import escape

_XMP: Final = """<?xpacket begin="\N{ZERO WIDTH NO-BREAK SPACE}" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/">
 <rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
  <rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/">
   <dc:subject>
    <rdf:Bag>
{items}
    </rdf:Bag>
   </dc:subject>
  </rdf:Description>
 </rdf:RDF>
</x:xmpmeta>
<?xpacket end="w"?>
"""
"""The IPTC's keywords are XMP's `dc:subject` (IPTC Photo Metadata Standard 2023.2, Keywords)."""


def keywords(bibs: Iterable[str]) -> str:
    """The XMP packet for a photo's bibs: `BIB:1234` for each."""
    items = "\n".join(f"     <rdf:li>BIB:{escape(bib)}</rdf:li>" for bib in bibs)
    return _XMP.format(items=items)

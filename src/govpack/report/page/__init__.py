"""The pack, or a check, as one self-contained HTML page: nothing is loaded, and it reads without JavaScript too."""

from govpack.report.page.write import PackPage, PageDocument, prepare_pages, write_check_page, write_pack_page

__all__ = ["PackPage", "PageDocument", "prepare_pages", "write_check_page", "write_pack_page"]

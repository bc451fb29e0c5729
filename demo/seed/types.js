/** The bookshop's content types: from the shelf down to the post, and the page about the shop, of which there is one. */
const CATEGORY = 'api::category.category';
const BOOK_GROUP = 'api::book-group.book-group';
const BOOK = 'api::book.book';
const CHAPTER = 'api::chapter.chapter';
const POST = 'api::post.post';
const ABOUT_SHOP = 'api::about-shop.about-shop';

module.exports = {
  CATEGORY,
  BOOK_GROUP,
  BOOK,
  CHAPTER,
  POST,
  ABOUT_SHOP,
  BOOKSHOP_TYPES: [CATEGORY, BOOK_GROUP, BOOK, CHAPTER, POST, ABOUT_SHOP],
};

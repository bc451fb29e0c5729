/** The bookshop's content types, from the shelf down to the post. */
const CATEGORY = 'api::category.category';
const BOOK_GROUP = 'api::book-group.book-group';
const BOOK = 'api::book.book';
const CHAPTER = 'api::chapter.chapter';
const POST = 'api::post.post';

module.exports = {
  CATEGORY,
  BOOK_GROUP,
  BOOK,
  CHAPTER,
  POST,
  BOOKSHOP_TYPES: [CATEGORY, BOOK_GROUP, BOOK, CHAPTER, POST],
};

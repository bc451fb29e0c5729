/**
 * The bookshop's content, written for this project: categories, in them book groups, books, chapters and posts.
 * Everything is in English; `vi` holds an entry's Vietnamese version. Posts are published unless they say `draft`;
 * a `revision` is a paragraph added to the draft after publishing. Most descriptions are missing on purpose.
 */
module.exports = [
  require('./food-and-drink'),
  require('./sea-and-sky'),
  require('./workshop'),
  require('./garden-and-journeys'),
];

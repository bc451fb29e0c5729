interface Post {
  title: string;
  body: string;
}
interface Chapter {
  name: string;
  posts: Post[];
}
interface Book {
  name: string;
  chapters: Chapter[];
}
interface BookGroup {
  name: string;
  books: Book[];
}
interface Category {
  name: string;
  groups: BookGroup[];
}

declare const categories: Category[];
export default categories;

const { ABOUT_SHOP, BOOK, BOOK_GROUP, CHAPTER, POST } = require('./types');

const PROMPT = 'plugin::ai-jobs.prompt';

const description = (maxLength) => [{ field: 'description', maxLength }];
const META_DESCRIPTION = [{ field: 'metaDescription', maxLength: 155 }];
const META = [{ field: 'metaTitle', maxLength: 60 }, ...META_DESCRIPTION];

/** Ready-made prompts for the bookshop's types, in English and Vietnamese. */
const PROMPTS = [
  {
    name: 'Post: meta title and description',
    contentType: POST,
    language: 'en',
    outputs: META,
    template: `Write the meta title and the meta description of this article for search engines, in English.
Say what the reader will learn. Do not advertise, and promise nothing that the text does not hold.

Category: {{ category_name }}
Book: {{ book_name }}
Chapter: {{ chapter_name }}
Title: {{ title }}

Text:
{{ body }}`,
  },
  {
    name: 'Bài viết: tiêu đề và mô tả meta',
    contentType: POST,
    language: 'vi',
    outputs: META,
    template: `Viết tiêu đề meta và mô tả meta bằng tiếng Việt cho bài viết này, dùng cho công cụ tìm kiếm.
Nêu rõ người đọc sẽ biết thêm điều gì. Không quảng cáo, không hứa điều bài viết không có.

Danh mục: {{ category_name }}
Sách: {{ book_name }}
Chương: {{ chapter_name }}
Tiêu đề: {{ title }}

Nội dung:
{{ body }}`,
  },
  {
    name: 'Chapter: description',
    contentType: CHAPTER,
    language: 'en',
    outputs: description(300),
    template: `Write a description of this chapter for the bookshop's catalogue, in English, in two or three sentences.
Say what a reader will find in it. Do not advertise.

Category: {{ category_name }}
Book: {{ book_name }}
Chapter: {{ name }}

Its posts, each with its first sentence:
{{ outline }}`,
  },
  {
    name: 'Chương: mô tả',
    contentType: CHAPTER,
    language: 'vi',
    outputs: description(300),
    template: `Viết mô tả bằng tiếng Việt cho chương này trong danh mục của hiệu sách, hai hoặc ba câu.
Nêu những gì người đọc sẽ gặp trong chương. Không quảng cáo.

Danh mục: {{ category_name }}
Sách: {{ book_name }}
Chương: {{ name }}

Các bài trong chương, mỗi bài kèm câu mở đầu:
{{ outline }}`,
  },
  {
    name: 'Book: description',
    contentType: BOOK,
    language: 'en',
    outputs: description(400),
    template: `Write a description of this book for the bookshop's catalogue, in English, in about three sentences.
Say whom it is for and what it is about. Invent no facts, prizes or reviews.

Category: {{ category_name }}
Group: {{ group_name }}
Author: {{ author }}
Book: {{ name }}

Its chapters, each with its posts:
{{ outline }}`,
  },
  {
    name: 'Sách: mô tả',
    contentType: BOOK,
    language: 'vi',
    outputs: description(400),
    template: `Viết mô tả bằng tiếng Việt cho cuốn sách này trong danh mục của hiệu sách, khoảng ba câu.
Nêu sách dành cho ai và nói về điều gì. Không bịa sự kiện, giải thưởng hay lời khen.

Danh mục: {{ category_name }}
Nhóm sách: {{ group_name }}
Tác giả: {{ author }}
Sách: {{ name }}

Các chương, mỗi chương kèm các bài:
{{ outline }}`,
  },
  {
    name: 'Book group: description',
    contentType: BOOK_GROUP,
    language: 'en',
    outputs: description(250),
    template: `Write a description of this group of books for the bookshop's catalogue, in English, in one or two sentences.

Category: {{ category_name }}
Group: {{ name }}

About the category:
{{ category_description }}`,
  },
  {
    name: 'Nhóm sách: mô tả',
    contentType: BOOK_GROUP,
    language: 'vi',
    outputs: description(250),
    template: `Viết mô tả bằng tiếng Việt cho nhóm sách này trong danh mục của hiệu sách, một hoặc hai câu.

Danh mục: {{ category_name }}
Nhóm sách: {{ name }}

Về danh mục:
{{ category_description }}`,
  },
  {
    name: 'About the shop: meta description',
    contentType: ABOUT_SHOP,
    language: 'en',
    outputs: META_DESCRIPTION,
    template: `Write the meta description of the bookshop's page about itself, in English, in one or two sentences.
Invite nobody and praise nothing: say what the shop sells, and where.

Title: {{ title }}

Text:
{{ introduction }}`,
  },
  {
    name: 'Về hiệu sách: mô tả meta',
    contentType: ABOUT_SHOP,
    language: 'vi',
    outputs: META_DESCRIPTION,
    template: `Viết mô tả meta bằng tiếng Việt cho trang giới thiệu của hiệu sách, một hoặc hai câu.
Không mời chào, không khen ngợi: nêu hiệu sách bán gì và ở đâu.

Tiêu đề: {{ title }}

Nội dung:
{{ introduction }}`,
  },
];

/** Saves the ready-made prompts with the plugin, where it is there. Call it once: it does not look for what exists. */
async function savePrompts(strapi) {
  if (!strapi.contentTypes[PROMPT]) return;
  for (const prompt of PROMPTS) await strapi.documents(PROMPT).create({ data: prompt });
}

module.exports = { PROMPTS, savePrompts };

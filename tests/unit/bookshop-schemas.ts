import type { Attribute, ModelSchema, SchemaLookup } from '../../server/src/domain/schema';

const type = (uid: string, attributes: Record<string, Attribute>, localized = false): ModelSchema => ({
  uid,
  modelType: uid.includes('::') ? 'contentType' : 'component',
  kind: 'collectionType',
  info: { displayName: uid },
  pluginOptions: { i18n: { localized } },
  attributes,
});

const toOne = (target: string): Attribute => ({ type: 'relation', relation: 'manyToOne', target });
const toMany = (target: string): Attribute => ({ type: 'relation', relation: 'oneToMany', target });
const localized = { pluginOptions: { i18n: { localized: true } } };

/** A small bookshop, and everything that must not be offered. */
const schemas: ModelSchema[] = [
  type(
    'api::post.post',
    {
      title: { type: 'string', required: true, ...localized },
      slug: { type: 'uid' },
      body: { type: 'richtext', ...localized },
      article: { type: 'richtext', customField: 'plugin::ckeditor5.CKEditor' },
      editorial: { type: 'customField', customField: 'plugin::ckeditor.CKEditor' },
      color: { type: 'customField', customField: 'plugin::color-picker.color' },
      content: { type: 'blocks' },
      metaTitle: { type: 'string', maxLength: 60, minLength: 10 },
      metaDescription: { type: 'text', maxLength: 160 },
      mood: { type: 'enumeration', enum: ['happy', 'sad', 'rất vui'] },
      facts: { type: 'json' },
      rating: { type: 'decimal' },
      featured: { type: 'boolean' },
      releasedOn: { type: 'date' },
      secret: { type: 'password' },
      internalNote: { type: 'text', private: true },
      computed: { type: 'string', writable: false },
      hidden: { type: 'string', visible: false },
      email: { type: 'email' },
      cover: { type: 'media' },
      zone: { type: 'dynamiczone' },
      seo: { type: 'component', component: 'shared.seo', repeatable: false, ...localized },
      faqs: { type: 'component', component: 'shared.faq', repeatable: true },
      chapter: toOne('api::chapter.chapter'),
      tags: toMany('api::tag.tag'),
      author: toOne('plugin::users-permissions.user'),
      reviewer: toOne('admin::user'),
      documentId: { type: 'string' },
      createdAt: { type: 'datetime' },
      updatedAt: { type: 'datetime' },
      publishedAt: { type: 'datetime' },
      createdBy: { type: 'relation', relation: 'oneToOne', target: 'admin::user' },
      locale: { type: 'string', private: true },
      localizations: { type: 'relation', relation: 'oneToMany', target: 'api::post.post' },
    },
    true
  ),
  type('api::chapter.chapter', {
    name: { type: 'string' },
    description: { type: 'text' },
    book: toOne('api::book.book'),
    posts: toMany('api::post.post'),
    createdAt: { type: 'datetime' },
  }),
  type('api::book.book', {
    name: { type: 'string' },
    bookGroup: toOne('api::book-group.book-group'),
    bestChapter: toOne('api::chapter.chapter'),
    seo: { type: 'component', component: 'shared.seo' },
  }),
  type('api::book-group.book-group', { name: { type: 'string' }, category: toOne('api::category.category') }),
  type('api::category.category', {
    name: { type: 'string' },
    parent: toOne('api::category.category'),
    shelf: toOne('api::shelf.shelf'),
  }),
  type('api::shelf.shelf', { name: { type: 'string' } }),
  type('api::tag.tag', { name: { type: 'string' } }),
  type('shared.seo', {
    metaTitle: { type: 'string', maxLength: 70 },
    summary: { type: 'blocks' },
    robots: { type: 'string', private: true },
    social: { type: 'component', component: 'shared.social' },
  }),
  type('shared.social', { headline: { type: 'string' } }),
  type('shared.faq', { question: { type: 'string' } }),
];

/** Looks the bookshop's types up. */
export const bookshop: SchemaLookup = (uid) => schemas.find((schema) => schema.uid === uid);
export const POST = 'api::post.post';

const { factories } = require('@strapi/strapi');

module.exports = factories.createCoreRouter('api::book-group.book-group');

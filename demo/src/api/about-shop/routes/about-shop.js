const { factories } = require('@strapi/strapi');

module.exports = factories.createCoreRouter('api::about-shop.about-shop');

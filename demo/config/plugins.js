const path = require('path');

/** The demo's stand-in for an AI goes through the plugin's own provider; only its name and its model are told here. */
const demoModel = {
  providers: { 'openai-compatible': { label: 'Demo model (no AI)', defaultModel: 'demo-model' } },
};

module.exports = ({ env }) => ({
  'ai-jobs': {
    // The bench compares with a shop that lacks it.
    enabled: env.bool('BOOKSHOP_AI_JOBS', true),
    // Absolute: a relative path is looked up from Strapi's own loader.
    // The fault tests bring a build of their own.
    resolve: env('BOOKSHOP_PLUGIN', '') || path.resolve(__dirname, '..', '..'),
    config: {
      ...(env.bool('BOOKSHOP_DEMO_MODEL', false) ? demoModel : {}),
      // How the tests set the plugin's options.
      ...env.json('BOOKSHOP_AI_JOBS_CONFIG', {}),
    },
  },
  'users-permissions': {
    config: { jwtSecret: env('JWT_SECRET') },
  },
});

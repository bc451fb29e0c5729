const { BOOKSHOP_TYPES } = require('./types');

/** What an editor may do with an entry of the bookshop. */
const EDITOR_ACTIONS = ['create', 'read', 'update', 'delete', 'publish'].map(
  (action) => `plugin::content-manager.explorer.${action}`
);
/** What an editor may do with the plugin; as far as this version of it registers the action. */
const EDITOR_PLUGIN_ACTIONS = ['jobs.read', 'jobs.create', 'prompts.manage'].map(
  (name) => `plugin::ai-jobs.${name}`
);

const PASSWORD = 'Bookshop-1234';

/** The two people of the bookshop. Their e-mails and passwords come from the environment, or are the well-known ones. */
const PEOPLE = {
  administrator: {
    email: process.env.BOOKSHOP_ADMIN_EMAIL || 'admin@bookshop.test',
    password: process.env.BOOKSHOP_ADMIN_PASSWORD || PASSWORD,
    firstname: 'Ada',
    lastname: 'Admin',
    role: 'strapi-super-admin',
  },
  editor: {
    email: process.env.BOOKSHOP_EDITOR_EMAIL || 'editor@bookshop.test',
    password: process.env.BOOKSHOP_EDITOR_PASSWORD || PASSWORD,
    firstname: 'Mai',
    lastname: 'Editor',
    role: 'strapi-editor',
  },
};

async function findRole(strapi, code) {
  const role = await strapi.db.query('admin::role').findOne({ where: { code } });
  if (!role) throw new Error(`Strapi has no role "${code}"; start with an empty database.`);
  return role;
}

const isKnown = async (strapi, { email }) =>
  (await strapi.db.query('admin::user').count({ where: { email } })) > 0;

async function createPerson(strapi, person) {
  const role = await findRole(strapi, person.role);
  await strapi.admin.services.user.create({
    firstname: person.firstname,
    lastname: person.lastname,
    email: person.email,
    password: person.password,
    isActive: true,
    registrationToken: null,
    roles: [role.id],
  });
}

/** Gives the role Editor every right on the bookshop's types, in every language, and the plugin's rights for editors. */
async function grantEditorRights(strapi) {
  const { permission, role, 'content-type': contentType } = strapi.admin.services;
  const editor = await findRole(strapi, 'strapi-editor');
  const locales = (await strapi.plugin('i18n').service('locales').find()).map(({ code }) => code);
  const actions = permission.actionProvider
    .values()
    .filter(({ actionId }) => EDITOR_ACTIONS.includes(actionId));
  const ofEntries = contentType
    .getPermissionsWithNestedFields(actions)
    .filter(({ subject }) => BOOKSHOP_TYPES.includes(subject))
    .map((right) => ({ ...right, properties: { ...right.properties, locales } }));
  const ofPlugin = EDITOR_PLUGIN_ACTIONS.filter((action) => permission.actionProvider.has(action)).map(
    (action) => ({
      action,
      subject: null,
      properties: {},
      conditions: [],
    })
  );
  const current = await permission.findMany({ where: { role: { id: editor.id } } });
  const kept = current
    .filter(
      ({ subject, action }) => !BOOKSHOP_TYPES.includes(subject) && !EDITOR_PLUGIN_ACTIONS.includes(action)
    )
    .map(({ action, subject, properties, conditions, actionParameters }) => ({
      action,
      subject,
      properties,
      conditions,
      actionParameters,
    }));
  await role.assignPermissions(editor.id, [...kept, ...ofEntries, ...ofPlugin]);
}

/** Makes the administrator and the editor where they are missing; an editor that exists keeps the rights it has. */
async function ensurePeople(strapi) {
  const { administrator, editor } = PEOPLE;
  if (!(await isKnown(strapi, administrator))) await createPerson(strapi, administrator);
  if (await isKnown(strapi, editor)) return;
  // The rights first: an editor that is there has them, whenever a start may have been killed.
  await grantEditorRights(strapi);
  await createPerson(strapi, editor);
}

module.exports = { PEOPLE, ensurePeople, grantEditorRights };

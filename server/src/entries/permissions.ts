import type { Core } from '@strapi/strapi';
import { attributeOf } from '../domain/field-paths';
import { personName, type NamedUser } from '../domain/person-name';
import type { SchemaLookup } from '../domain/schema';

const UPDATE = 'plugin::content-manager.explorer.update';
const PUBLISH = 'plugin::content-manager.explorer.publish';
const READ = 'plugin::content-manager.explorer.read';
/** No permission is given on these: who may read an entry sees them. */
const OPEN_ATTRIBUTES = new Set(['id', 'documentId', 'createdAt', 'updatedAt', 'publishedAt', 'locale']);
/** How long a person's rights are believed before they are read again; milliseconds. */
const BELIEVED_MS = 1_500;

/** CASL's ability, as far as it is asked here. */
export interface Ability {
  can(action: string, subject: unknown, field?: string): boolean;
  rulesFor?(action: string, subject: unknown): { conditions?: unknown }[];
}

/** Strapi's permission checker for one person and one type. */
interface PermissionChecker {
  can: {
    read(entity?: unknown, field?: string): boolean;
    update(entity?: unknown, field?: string): boolean;
    publish(entity?: unknown, field?: string): boolean;
  };
  validateQuery: (query: Record<string, unknown>, options?: { action?: string }) => Promise<unknown>;
  sanitizedQuery: { read(query: Record<string, unknown>): Promise<Record<string, unknown>> };
}

/** A person with the rights they have now. */
export interface ActingPerson {
  id: number;
  name: string;
  /** Not deactivated and not blocked. */
  active: boolean;
  ability: Ability;
}

interface AdminUser extends NamedUser {
  id: number;
  isActive?: boolean;
  blocked?: boolean;
}

/** Roles name the attributes inside components (`seo.metaTitle`); code may grant the component as a whole (`seo`). */
const withField = (path: string, may: (field: string) => boolean): boolean =>
  may(path) || (path.includes('.') && may(attributeOf(path)));

/** Whether conditions, as far as they speak of languages (`{ locale: { $in: ['en'] } }`), hold for one. */
function allowsLocale(conditions: unknown, locale: string): boolean {
  if (typeof conditions !== 'object' || conditions === null) return true;
  return Object.entries(conditions).every(([key, inner]: [string, unknown]) => {
    if (key === '$and' && Array.isArray(inner)) return inner.every((one) => allowsLocale(one, locale));
    if (key === '$or' && Array.isArray(inner)) return inner.some((one) => allowsLocale(one, locale));
    if (key !== 'locale' || typeof inner !== 'object' || inner === null || !('$in' in inner)) return true;
    return Array.isArray(inner.$in) && inner.$in.includes(locale);
  });
}

export type EntryPermissions = ReturnType<typeof createEntryPermissions>;

/** What a person may do with entries, by the Content Manager's own permissions. */
export function createEntryPermissions(strapi: Core.Strapi) {
  const believed = new Map<number, { until: number; person: Promise<ActingPerson | null> }>();
  // In the process where an account or a role is changed it counts at once.
  const forgetAll = (): void => believed.clear();
  strapi.db.lifecycles.subscribe({
    models: ['admin::user', 'admin::role', 'admin::permission'],
    afterCreate: forgetAll,
    afterCreateMany: forgetAll,
    afterUpdate: forgetAll,
    afterUpdateMany: forgetAll,
    afterDelete: forgetAll,
    afterDeleteMany: forgetAll,
  });

  const checkers = new WeakMap<Ability, Map<string, PermissionChecker>>();
  const checker = ({ ability }: { ability: Ability }, contentType: string): PermissionChecker => {
    const perType = checkers.get(ability) ?? new Map<string, PermissionChecker>();
    checkers.set(ability, perType);
    const known =
      perType.get(contentType) ??
      (strapi
        .plugin('content-manager')
        .service('permission-checker')
        .create({ userAbility: ability, model: contentType }) as PermissionChecker);
    perType.set(contentType, known);
    return known;
  };

  const load = async (userId: number): Promise<ActingPerson | null> => {
    const user = (await strapi.db
      .query('admin::user')
      .findOne({ where: { id: userId }, populate: ['roles'] })) as AdminUser | null;
    if (!user) return null;
    const ability = (await strapi.service('admin::permission').engine.generateUserAbility(user)) as Ability;
    return {
      id: user.id,
      name: personName(user),
      active: user.isActive === true && user.blocked !== true,
      ability,
    };
  };

  /** The plain names of what conditions look at, so that an entry is loaded with them. */
  const conditionFields = (person: { ability: Ability }, contentType: string, action: string): string[] => {
    const rules = person.ability.rulesFor?.(action, contentType) ?? [];
    const names = new Set<string>();
    const visit = (value: unknown): void => {
      if (Array.isArray(value)) return value.forEach(visit);
      if (typeof value !== 'object' || value === null) return;
      for (const [key, inner] of Object.entries(value)) {
        if (key.startsWith('$')) visit(inner);
        else names.add(key.split('.')[0] ?? key);
      }
    };
    for (const rule of rules) visit(rule.conditions);
    return [...names];
  };

  return {
    /** A person as they are now; null where the account is gone. */
    async actingPerson(userId: number): Promise<ActingPerson | null> {
      const known = believed.get(userId);
      if (known && known.until > Date.now()) return known.person;
      const person = load(userId);
      believed.set(userId, { until: Date.now() + BELIEVED_MS, person });
      person.catch(() => believed.delete(userId));
      if (believed.size > 500) believed.clear();
      return person;
    },

    mayUpdateType: (person: { ability: Ability }, contentType: string): boolean =>
      checker(person, contentType).can.update(),

    /** Whether some entry's field (`metaTitle`, `seo.metaTitle`) may be written, apart from conditions on the entry. */
    mayUpdateField: (person: { ability: Ability }, contentType: string, path: string): boolean =>
      withField(path, (field) => checker(person, contentType).can.update(undefined, field)),

    /** Whether this very entry's fields may be written; the entry must carry what conditions look at. */
    mayUpdateEntry(
      person: { ability: Ability },
      contentType: string,
      entry: Record<string, unknown>,
      paths: string[]
    ): boolean {
      const { can } = checker(person, contentType);
      return can.update(entry) && paths.every((path) => withField(path, (field) => can.update(entry, field)));
    },

    mayPublish(person: { ability: Ability }, contentType: string, entry?: Record<string, unknown>): boolean {
      return checker(person, contentType).can.publish(entry);
    },

    /**
     * What to load with an entry so that conditions on reading, updating and publishing can be judged. Where a plan
     * of one's own names the same relations, join the two with `mergePopulate`.
     */
    conditionPopulate(
      person: { ability: Ability },
      contentType: string
    ): { fields: string[]; populate: Record<string, unknown> } {
      const attributes = strapi.getModel(contentType as never) as unknown as {
        attributes: Record<string, { type: string }>;
      };
      const fields: string[] = [];
      const populate: Record<string, unknown> = {};
      for (const name of new Set([
        ...conditionFields(person, contentType, READ),
        ...conditionFields(person, contentType, UPDATE),
        ...conditionFields(person, contentType, PUBLISH),
      ])) {
        const type = attributes.attributes[name]?.type;
        if (name === 'createdBy' || name === 'updatedBy') populate[name] = { populate: { roles: true } };
        else if (type === 'relation' || type === 'component' || type === 'media') populate[name] = true;
        else if (type) fields.push(name);
      }
      return { fields, populate };
    },

    /**
     * A list query as this person may run it.
     * @throws Strapi's ValidationError where it filters on something they may not read: dropping it would widen the selection.
     */
    async readableQuery(
      person: { ability: Ability },
      contentType: string,
      query: Record<string, unknown>
    ): Promise<Record<string, unknown>> {
      const permissions = checker(person, contentType);
      await permissions.validateQuery(query, { action: READ });
      return permissions.sanitizedQuery.read(query);
    },

    /**
     * The filters that conditions on reading put on every list of this person's: only own entries, only some languages.
     * Null where there are none.
     */
    async readConditions(
      person: { ability: Ability },
      contentType: string
    ): Promise<Record<string, unknown> | null> {
      const rules = person.ability.rulesFor?.(READ, contentType) ?? [];
      if (rules.every((rule) => !rule.conditions)) return null;
      const { filters } = await checker(person, contentType).sanitizedQuery.read({});
      return typeof filters === 'object' && filters !== null ? { ...filters } : null;
    },

    /** Of some languages those in which this person may read entries of a type, apart from conditions on the entry. */
    readableLocales(person: { ability: Ability }, contentType: string, locales: string[]): string[] {
      const rules = person.ability.rulesFor?.(READ, contentType) ?? [{}];
      return locales.filter((locale) => rules.some((rule) => allowsLocale(rule.conditions, locale)));
    },

    mayRead: (person: { ability: Ability }, contentType: string): boolean =>
      checker(person, contentType).can.read(),

    /** Whether this very entry may be read; it must carry what conditions look at. */
    mayReadEntry: (
      person: { ability: Ability },
      contentType: string,
      entry: Record<string, unknown>
    ): boolean => checker(person, contentType).can.read(entry),

    /**
     * Whether what stands at a path may be read: the attribute of the type, and beyond a relation the attribute of
     * the type it leads to. A prompt must not show what the Content Manager hides.
     */
    mayReadPath(
      person: { ability: Ability },
      contentType: string,
      path: string,
      lookup: SchemaLookup
    ): boolean {
      let type = contentType;
      let parts = path.split('.');
      for (;;) {
        const [name = '', ...rest] = parts;
        if (OPEN_ATTRIBUTES.has(name)) return true;
        const attribute = lookup(type)?.attributes[name];
        const field = attribute?.type === 'component' ? parts.join('.') : name;
        const { can } = checker(person, type);
        if (!withField(field, (candidate) => can.read(undefined, candidate))) return false;
        if (rest.length === 0 || attribute?.type !== 'relation' || !attribute.target) return true;
        type = attribute.target;
        parts = rest;
      }
    },
  };
}

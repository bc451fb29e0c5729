/** One relation or component in the Document Service's `populate`: all of it, or a plan of its own. */
interface NestedPlan {
  fields?: string[];
  populate?: Populate;
}
type Populate = Record<string, unknown>;

const planOf = (value: unknown): NestedPlan => (typeof value === 'object' && value !== null ? value : {});

const mergePlans = (one: NestedPlan, other: NestedPlan): NestedPlan | true => {
  // Without a list of fields, all are read.
  const fields = one.fields && other.fields ? [...new Set([...one.fields, ...other.fields])] : undefined;
  const populate =
    one.populate || other.populate ? mergePopulate(one.populate ?? {}, other.populate ?? {}) : undefined;
  if (!fields && !populate) return true;
  return { ...(fields ? { fields } : {}), ...(populate ? { populate } : {}) };
};

/**
 * What reads everything that either of two `populate` names, however deep: `true` (all fields of a relation) or
 * `{ fields?, populate? }` per name. Source of the shape: Strapi's documentation, "Document Service API: Populate".
 */
export function mergePopulate(one: Populate, other: Populate): Populate {
  const merged: Populate = { ...one };
  for (const [name, value] of Object.entries(other)) {
    merged[name] = Object.hasOwn(one, name) ? mergePlans(planOf(one[name]), planOf(value)) : value;
  }
  return merged;
}

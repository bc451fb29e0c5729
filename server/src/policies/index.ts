export interface PolicyContext {
  state: { userAbility?: { can(action: string): boolean } };
}

/** Lets pass who has at least one of the permissions; Strapi's own policy wants all of them. */
const hasAnyPermission = (context: PolicyContext, config: { actions: string[] }): boolean =>
  config.actions.some((action) => context.state.userAbility?.can(action) === true);

export default { 'has-any-permission': hasAnyPermission };

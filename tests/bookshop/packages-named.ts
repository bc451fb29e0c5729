import { isBuiltin } from 'node:module';
import ts from 'typescript';

/** What a file asks Node or a bundler for by name. */
export interface PackagesNamed {
  /** Packages, without the paths inside them and without Node's own modules. */
  packages: Set<string>;
  /** Pieces of code that ask for what only running them would tell. */
  untold: string[];
}

/** `@scope/name` or `name`; null: a file of one's own, or a module of Node. */
function packageOf(specifier: string): string | null {
  if (/^[./]/.test(specifier) || isBuiltin(specifier)) return null;
  return specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
}

const isNamed = (node: ts.Node, name: string): boolean => ts.isIdentifier(node) && node.text === name;

/** `createRequire` under its own name or as a module's member, whatever a bundler called that module. */
const isCreateRequire = (node: ts.Node): boolean =>
  isNamed(ts.isPropertyAccessExpression(node) ? node.name : node, 'createRequire');

/** True for a call that gives the file its own `require`; one made for another place finds that place's packages. */
const makesOwnRequire = (node: ts.Node): node is ts.CallExpression =>
  ts.isCallExpression(node) &&
  isCreateRequire(node.expression) &&
  ['__filename', '__dirname', 'import.meta.url', 'import.meta.filename'].includes(
    node.arguments[0]?.getText() ?? ''
  );

/** `require` as a name for the function, not as a part of something else like `{ require: true }` or `it.require`. */
const isOwnRequire = (node: ts.Node): boolean =>
  isNamed(node, 'require') &&
  !(ts.isPropertyAssignment(node.parent) && node.parent.name === node) &&
  !(
    ts.isPropertyAccessExpression(node.parent) &&
    node.parent.name === node &&
    !isNamed(node.parent.expression, 'module')
  );

/** The call in which `require`, or something in its place, is told what to find; null: it is used in another way. */
function callOf(required: ts.Node): ts.CallExpression | null {
  let callee = required;
  const { parent } = callee;
  if (ts.isPropertyAccessExpression(parent) && parent.name === callee) callee = parent;
  const { parent: outer } = callee;
  if (ts.isPropertyAccessExpression(outer) && outer.expression === callee && outer.name.text === 'resolve')
    callee = outer;
  return ts.isCallExpression(callee.parent) && callee.parent.expression === callee ? callee.parent : null;
}

/**
 * Every package that a JavaScript file names: imports, exports, `import()`, `require`, `require.resolve`, and the `require` that
 * `createRequire` makes for the file itself. Code inside strings is not read.
 */
export function packagesNamed(file: string, source: string): PackagesNamed {
  const packages = new Set<string>();
  const untold: string[] = [];
  const note = (specifier: ts.Node | undefined, whole: ts.Node): void => {
    if (!specifier || !ts.isStringLiteralLike(specifier)) {
      untold.push(`${file}: ${whole.getText().slice(0, 120)}`);
      return;
    }
    const name = packageOf(specifier.text);
    if (name !== null) packages.add(name);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) note(node.moduleSpecifier, node);
    if (ts.isExportDeclaration(node) && node.moduleSpecifier) note(node.moduleSpecifier, node);
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      note(node.arguments[0], node);
    if (isOwnRequire(node) || makesOwnRequire(node)) note(callOf(node)?.arguments[0], node.parent);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true, ts.ScriptKind.JS));
  return { packages, untold };
}

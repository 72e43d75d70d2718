import { parseSync } from 'vite'

type Tree = { readonly type: string; readonly [key: string]: unknown }

/** Attributes and properties of our components that are shown or spoken. */
const spokenAttributes: ReadonlySet<unknown> = new Set([
  'aria-label',
  'aria-description',
  'aria-roledescription',
  'aria-valuetext',
  'alt',
  'description',
  'detail',
  'hint',
  'label',
  'name',
  'placeholder',
  'text',
  'textValue',
  'title',
])

/**
 * The texts in a source file that a person would read: in JSX, in attributes that are shown or spoken, and any string
 * that begins like a sentence. Not: a single letter (a key to press), messages of errors (they are for us), classes.
 *
 * @throws Error when the file cannot be parsed
 */
export function ownTexts(file: string, source: string): readonly string[] {
  const { program, errors } = parseSync(file, source)
  if (errors.length > 0) throw new Error(`${file} cannot be parsed.`)
  const found: string[] = []
  const note = (value: unknown, isShown: boolean) => {
    const text = typeof value === 'string' ? value.trim() : ''
    const isText = isShown ? /\p{L}{2}/u : /^\p{Lu}\p{Ll}*\s+\p{L}/u
    if (isText.test(text)) found.push(text)
  }
  /** `isShown`: what this node evaluates to is on screen or spoken. */
  const visit = (node: unknown, isShown: boolean): void => {
    if (Array.isArray(node)) return node.forEach((part) => visit(part, isShown))
    if (!isTree(node)) return
    switch (node.type) {
      case 'JSXText':
      case 'Literal':
        return note(node['value'], isShown)
      case 'TemplateElement':
        return note(of(node, 'value', 'cooked'), isShown)
      case 'JSXElement':
      case 'JSXFragment':
        visit(node['openingElement'], false)
        return visit(node['children'], true)
      case 'JSXAttribute': {
        const name = of(node, 'name', 'name')
        return name === 'className' ? undefined : visit(node['value'], spokenAttributes.has(name))
      }
      case 'JSXExpressionContainer':
        return visit(node['expression'], isShown)
      case 'TemplateLiteral':
        visit(node['quasis'], isShown)
        return visit(node['expressions'], isShown)
      case 'ConditionalExpression':
        visit(node['test'], false)
        visit(node['consequent'], isShown)
        return visit(node['alternate'], isShown)
      case 'LogicalExpression':
        visit(node['left'], isShown && node['operator'] !== '&&')
        return visit(node['right'], isShown)
      case 'NewExpression':
        if (of(node, 'callee', 'name') === 'Error') return
    }
    Object.values(node).forEach((part) => visit(part, false))
  }
  visit(program, false)
  return found
}

function isTree(value: unknown): value is Tree {
  return typeof value === 'object' && value !== null && 'type' in value
}

/** `node.child.key`, where there is such a child. */
function of(node: Tree, child: string, key: string): unknown {
  const value = node[child]
  return typeof value === 'object' && value !== null ? new Map(Object.entries(value)).get(key) : undefined
}

import { CircleAlert } from 'lucide-react'
import { Component, type ReactNode } from 'react'
import { words } from '../words.ts'
import { Button } from './button.tsx'
import { Empty } from './empty.tsx'

type Props = { readonly children: ReactNode }
type State = { readonly hasFailed: boolean }

/** One view that fails must not take the window with it. Nothing of the error is shown: it may hold patient data. */
export class ViewBoundary extends Component<Props, State> {
  override state: State = { hasFailed: false }

  static getDerivedStateFromError(): State {
    return { hasFailed: true }
  }

  override render(): ReactNode {
    if (!this.state.hasFailed) return this.props.children
    return (
      <div role="alert">
        <Empty icon={CircleAlert} title={words.shell.crashed} detail={words.shell.crashedDetail}>
          <Button onPress={() => window.location.reload()}>{words.shell.reload}</Button>
        </Empty>
      </div>
    )
  }
}

import { Component, type ReactNode } from 'react';
import { ErrorMessage } from './ErrorMessage';

/**
 * Keeps a page's fault from blanking the admin panel: shows it, and draws the page anew on request or when `place`
 * changes.
 */
export class PageErrorBoundary extends Component<
  { place: string; children: ReactNode },
  { error: unknown; place: string }
> {
  override state = { error: null as unknown, place: this.props.place };

  static getDerivedStateFromError(error: unknown) {
    return { error };
  }

  static getDerivedStateFromProps(props: { place: string }, state: { place: string }) {
    return props.place === state.place ? null : { error: null, place: props.place };
  }

  override render() {
    if (this.state.error === null) return this.props.children;
    return <ErrorMessage error={this.state.error} onRetry={() => this.setState({ error: null })} />;
  }
}

import type { ComponentType, ReactNode } from 'react';
import type { StrapiApp } from '@strapi/strapi/admin';

/** What the Content Manager hands to an action or panel of its edit view. */
export interface EditViewProps {
  /** The content type's uid. */
  model: string;
  collectionType: string;
  /** Undefined while an entry is being created, and for single types. */
  documentId?: string;
  document?: { documentId?: string; locale?: string | null };
  activeTab: 'draft' | 'published' | null;
}

/** What the Content Manager hands to an action on selected rows. */
export interface ListViewProps {
  model: string;
  documents: { documentId: string }[];
}

export interface ModalDescription {
  type: 'modal';
  title: string;
  content: ComponentType<{ onClose: () => void }>;
}

export interface ActionDescription {
  label: string;
  icon?: ReactNode;
  disabled?: boolean;
  variant?: 'default' | 'secondary' | 'tertiary';
  onClick?: () => void;
  dialog?: ModalDescription;
}

export interface PanelDescription {
  title: string;
  content: ReactNode;
}

/** A function that may use hooks and describes one button or panel; null: none here. */
export type Describe<Props, Description> = (props: Props) => Description | null;

/** The part of the Content Manager that other plugins may add to. Strapi types it as unknown. */
export interface ContentManager {
  apis: {
    addBulkAction: (actions: Describe<ListViewProps, ActionDescription>[]) => void;
    addDocumentAction: (actions: Describe<EditViewProps, ActionDescription>[]) => void;
    addEditViewSidePanel: (panels: Describe<EditViewProps, PanelDescription>[]) => void;
  };
  injectComponent: (
    view: string,
    zone: string,
    component: { name: string; Component: ComponentType }
  ) => void;
}

/** The Content Manager as other plugins see it. */
export function contentManagerOf(app: Pick<StrapiApp, 'getPlugin'>): ContentManager {
  return app.getPlugin('content-manager') as unknown as ContentManager;
}

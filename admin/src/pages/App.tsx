import { lazy, Suspense } from 'react';
import { Page } from '@strapi/strapi/admin';
import { Navigate, Route, Routes, useLocation } from 'react-router-dom';
import { PageErrorBoundary } from '../components/PageErrorBoundary';
import { JOBS_PATH } from '../components/paths';
import { JobsPage } from './Jobs';

const JobPage = lazy(() => import('./Job').then((module) => ({ default: module.JobPage })));
const NewJobPage = lazy(() => import('./NewJob').then((module) => ({ default: module.NewJobPage })));
const PromptsPage = lazy(() => import('./Prompts').then((module) => ({ default: module.PromptsPage })));
const PromptPage = lazy(() => import('./Prompts').then((module) => ({ default: module.PromptPage })));

/** The plugin's pages under `/plugins/ai-jobs`. */
export function App() {
  const { pathname } = useLocation();
  return (
    <PageErrorBoundary place={pathname}>
      <Suspense fallback={<Page.Loading />}>
        <Routes>
          <Route index element={<JobsPage />} />
          <Route path="jobs/new" element={<NewJobPage />} />
          <Route path="jobs/:id" element={<JobPage />} />
          <Route path="prompts" element={<PromptsPage />} />
          <Route path="prompts/:id" element={<PromptPage />} />
          <Route path="*" element={<Navigate to={JOBS_PATH} replace />} />
        </Routes>
      </Suspense>
    </PageErrorBoundary>
  );
}

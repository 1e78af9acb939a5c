import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app';
import { startServices } from './start-services';
import './styles.css';

const container = document.getElementById('root');
if (container === null) throw new Error('index.html has no #root.');

const services = startServices(window.vitrine);
createRoot(container).render(
  <StrictMode>
    <App services={services} />
  </StrictMode>,
);

import { takeSelfServiceScreenshots } from './self-service.ts'

await takeSelfServiceScreenshots()

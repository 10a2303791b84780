import './simd/install.ts'

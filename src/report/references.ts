/** The literature that a run may rest on, as BibTeX entries. */

import type { Entry } from "../base/reference.ts";

const article = (fields: Entry["fields"]): Entry => ({ type: "article", fields });
const inProceedings = (fields: Entry["fields"]): Entry => ({ type: "inproceedings", fields });

export const entries = {
  kiani2024: inProceedings({
    author: "Kiani, Bobak T. and Le, Thien and Lawrence, Hannah and Jegelka, Stefanie and Weber, Melanie",
    title: "On the hardness of learning under symmetries",
    booktitle: "International Conference on Learning Representations (ICLR)",
    year: "2024",
    eprint: "2401.01869",
    archiveprefix: "arXiv",
  }),
  kearns1998: article({
    author: "Kearns, Michael",
    title: "Efficient noise-tolerant learning from statistical queries",
    journal: "Journal of the ACM",
    volume: "45",
    number: "6",
    pages: "983--1006",
    year: "1998",
  }),
  damian2024: inProceedings({
    author: "Damian, Alex and Pillaud-Vivien, Loucas and Lee, Jason D. and Bruna, Joan",
    title: "Computational-statistical gaps in {Gaussian} single-index models",
    booktitle: "Conference on Learning Theory (COLT)",
    year: "2024",
    eprint: "2403.05529",
    archiveprefix: "arXiv",
  }),
  soleymani2025: inProceedings({
    author: "Soleymani, Ashkan and Tahmasebi, Behrooz and Jegelka, Stefanie and Jaillet, Patrick",
    title: "Learning with exact invariances in polynomial time",
    booktitle: "International Conference on Machine Learning (ICML)",
    year: "2025",
    eprint: "2502.19758",
    archiveprefix: "arXiv",
  }),
  szorenyi2009: inProceedings({
    author: String.raw`Sz{\"o}r{\'e}nyi, Bal{\'a}zs`,
    title: "Characterizing statistical query learning: simplified notions and proofs",
    booktitle: "Algorithmic Learning Theory (ALT)",
    pages: "186--200",
    year: "2009",
  }),
  feldman2017: article({
    author: "Feldman, Vitaly and Grigorescu, Elena and Reyzin, Lev and Vempala, Santosh S. and Xiao, Ying",
    title: "Statistical algorithms and a lower bound for detecting planted cliques",
    journal: "Journal of the ACM",
    volume: "64",
    number: "2",
    year: "2017",
  }),
  goel2020: inProceedings({
    author: "Goel, Surbhi and Gollakota, Aravind and Jin, Zhihan and Karmalkar, Sushrut and Klivans, Adam",
    title: "Superpolynomial lower bounds for learning one-layer neural networks using gradient descent",
    booktitle: "International Conference on Machine Learning (ICML)",
    year: "2020",
    eprint: "2006.12011",
    archiveprefix: "arXiv",
  }),
  diakonikolas2020: inProceedings({
    author: "Diakonikolas, Ilias and Kane, Daniel M. and Kontonis, Vasilis and Zarifis, Nikos",
    title: "Algorithms and {SQ} lower bounds for {PAC} learning one-hidden-layer {ReLU} networks",
    booktitle: "Conference on Learning Theory (COLT)",
    year: "2020",
    eprint: "2006.12476",
    archiveprefix: "arXiv",
  }),
  puny2022: inProceedings({
    author:
      "Puny, Omri and Atzmon, Matan and Smith, Edward J. and Misra, Ishan and Grover, Aditya and " +
      "Ben-Hamu, Heli and Lipman, Yaron",
    title: "Frame averaging for invariant and equivariant network design",
    booktitle: "International Conference on Learning Representations (ICLR)",
    year: "2022",
  }),
  andoni2014: inProceedings({
    author: "Andoni, Alexandr and Panigrahy, Rina and Valiant, Gregory and Zhang, Li",
    title: "Learning sparse polynomial functions",
    booktitle: "ACM-SIAM Symposium on Discrete Algorithms (SODA)",
    pages: "500--510",
    year: "2014",
  }),
  linial1993: article({
    author: "Linial, Nathan and Mansour, Yishay and Nisan, Noam",
    title: "Constant depth circuits, {Fourier} transform, and learnability",
    journal: "Journal of the ACM",
    volume: "40",
    number: "3",
    pages: "607--620",
    year: "1993",
  }),
  kingma2015: inProceedings({
    author: "Kingma, Diederik P. and Ba, Jimmy",
    title: "{Adam}: a method for stochastic optimization",
    booktitle: "International Conference on Learning Representations (ICLR)",
    year: "2015",
    eprint: "1412.6980",
    archiveprefix: "arXiv",
  }),
  saunders1998: inProceedings({
    author: "Saunders, Craig and Gammerman, Alexander and Vovk, Volodya",
    title: "Ridge regression learning algorithm in dual variables",
    booktitle: "International Conference on Machine Learning (ICML)",
    pages: "515--521",
    year: "1998",
  }),
  cho2009: inProceedings({
    author: "Cho, Youngmin and Saul, Lawrence K.",
    title: "Kernel methods for deep learning",
    booktitle: "Advances in Neural Information Processing Systems 22 (NIPS)",
    pages: "342--350",
    year: "2009",
  }),
  joshi2024: inProceedings({
    author: "Joshi, Nirmit and Misiakiewicz, Theodor and Srebro, Nathan",
    title: "On the complexity of learning sparse functions with statistical and gradient queries",
    booktitle: "Advances in Neural Information Processing Systems 37 (NeurIPS)",
    year: "2024",
    eprint: "2407.05622",
    archiveprefix: "arXiv",
  }),
  he2015: inProceedings({
    author: "He, Kaiming and Zhang, Xiangyu and Ren, Shaoqing and Sun, Jian",
    title: "Delving deep into rectifiers: surpassing human-level performance on {ImageNet} classification",
    booktitle: "IEEE International Conference on Computer Vision (ICCV)",
    pages: "1026--1034",
    year: "2015",
    eprint: "1502.01852",
    archiveprefix: "arXiv",
  }),
  ravanbakhsh2017: inProceedings({
    author: String.raw`Ravanbakhsh, Siamak and Schneider, Jeff and P{\'o}czos, Barnab{\'a}s`,
    title: "Equivariance through parameter-sharing",
    booktitle: "International Conference on Machine Learning (ICML)",
    year: "2017",
    eprint: "1702.08389",
    archiveprefix: "arXiv",
  }),
  zaheer2017: inProceedings({
    author:
      "Zaheer, Manzil and Kottur, Satwik and Ravanbakhsh, Siamak and " +
      String.raw`P{\'o}czos, Barnab{\'a}s and Salakhutdinov, Ruslan and Smola, Alexander J.`,
    title: "Deep sets",
    booktitle: "Advances in Neural Information Processing Systems 30 (NIPS)",
    year: "2017",
    eprint: "1703.06114",
    archiveprefix: "arXiv",
  }),
  velickovic2018: inProceedings({
    author:
      "Veli{\\v{c}}kovi{\\'c}, Petar and Cucurull, Guillem and Casanova, Arantxa and Romero, Adriana and " +
      "Li{\\`o}, Pietro and Bengio, Yoshua",
    title: "Graph attention networks",
    booktitle: "International Conference on Learning Representations (ICLR)",
    year: "2018",
    eprint: "1710.10903",
    archiveprefix: "arXiv",
  }),
  xu2019: inProceedings({
    author: "Xu, Keyulu and Hu, Weihua and Leskovec, Jure and Jegelka, Stefanie",
    title: "How powerful are graph neural networks?",
    booktitle: "International Conference on Learning Representations (ICLR)",
    year: "2019",
    eprint: "1810.00826",
    archiveprefix: "arXiv",
  }),
  maron2019: inProceedings({
    author: "Maron, Haggai and Ben-Hamu, Heli and Shamir, Nadav and Lipman, Yaron",
    title: "Invariant and equivariant graph networks",
    booktitle: "International Conference on Learning Representations (ICLR)",
    year: "2019",
    eprint: "1812.09902",
    archiveprefix: "arXiv",
  }),
  blum1992: article({
    author: "Blum, Avrim L. and Rivest, Ronald L.",
    title: "Training a 3-node neural network is {NP}-complete",
    journal: "Neural Networks",
    volume: "5",
    number: "1",
    pages: "117--127",
    year: "1992",
  }),
  achlioptas2001: inProceedings({
    author: "Achlioptas, Dimitris and Chtcherba, Arthur and Istrate, Gabriel and Moore, Cristopher",
    title: "The phase transition in 1-in-k {SAT} and {NAE} 3-{SAT}",
    booktitle: "ACM-SIAM Symposium on Discrete Algorithms (SODA)",
    pages: "721--722",
    year: "2001",
  }),
  huangfu2018: article({
    author: "Huangfu, Qi and Hall, J. A. Julian",
    title: "Parallelizing the dual revised simplex method",
    journal: "Mathematical Programming Computation",
    volume: "10",
    number: "1",
    pages: "119--142",
    year: "2018",
  }),
} satisfies Record<string, Entry>;

export type EntryKey = keyof typeof entries;

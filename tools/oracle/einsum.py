"""Einstein's summation."""

from fixture import integers, uniform
from operation import Input, function

CHAPTER = "02-autograd"

EQUATIONS = [
    ("i->", [(5,)]),
    ("ij->", [(7, 5)]),
    ("ij->j", [(7, 5)]),
    ("ij->ji", [(7, 5)]),
    ("ji", [(7, 5)]),
    ("ii->", [(5, 5)]),
    ("ii->i", [(5, 5)]),
    ("iij->ij", [(3, 3, 4)]),
    ("iji->j", [(3, 4, 3)]),
    ("iii->i", [(3, 3, 3)]),
    ("bij->bji", [(2, 3, 5)]),
    ("...ij->...ji", [(2, 3, 4, 5)]),
    ("...->", [(3, 4)]),
    ("i...->...", [(3, 4, 2)]),
    ("i,i->", [(5,), (5,)]),
    ("i,i->i", [(5,), (5,)]),
    ("i,j->ij", [(5,), (3,)]),
    ("i,j->ji", [(5,), (3,)]),
    ("i,j->", [(5,), (3,)]),
    ("ij,j->i", [(7, 5), (5,)]),
    ("ij,jk->ik", [(7, 5), (5, 3)]),
    ("ij,jk", [(7, 5), (5, 3)]),
    ("ij, jk -> ki", [(7, 5), (5, 3)]),
    ("ij,kj->ik", [(7, 5), (3, 5)]),
    ("ij,ij->", [(7, 5), (7, 5)]),
    ("ij,ij->i", [(7, 5), (7, 5)]),
    ("ij,ji->", [(7, 5), (5, 7)]),
    ("ij,jk->i", [(7, 5), (5, 3)]),
    ("ij,kl->ijkl", [(2, 3), (4, 2)]),
    ("ij,kl->kj", [(2, 3), (4, 2)]),
    ("ii,ij->j", [(3, 3), (3, 4)]),
    ("bij,bjk->bik", [(2, 3, 4), (2, 4, 5)]),
    ("bij,jk->bik", [(2, 3, 4), (4, 5)]),
    ("bij,bik->bjk", [(2, 3, 4), (2, 3, 5)]),
    ("bhqd,bhkd->bhqk", [(2, 2, 3, 4), (2, 2, 5, 4)]),
    ("bqhd,bkhd->bhqk", [(2, 3, 2, 4), (2, 5, 2, 4)]),
    ("...ij,...jk->...ik", [(2, 3, 4), (2, 4, 5)]),
    ("...ij,...jk->...ik", [(3, 1, 2, 4), (2, 4, 5)]),
    ("...ij,jk->...ik", [(2, 3, 3, 4), (4, 5)]),
    ("...i,...i->...", [(3, 4), (4,)]),
    ("...i,...j", [(2, 3), (2, 4)]),
    ("i...,...i->...", [(3, 2), (2, 3)]),
    ("ij,jk,kl->il", [(2, 3), (3, 4), (4, 5)]),
    ("i,ij,j->", [(3,), (3, 4), (4,)]),
    ("bn,anm,bm->ba", [(2, 3), (4, 3, 5), (2, 5)]),
    ("i,i,i->i", [(3,), (3,), (3,)]),
    ("a,b,c->cab", [(2,), (3,), (4,)]),
    (",ij->ij", [(), (2, 3)]),
    (",->", [(), ()]),
    ("ij,jk->ik", [(7, 1), (1, 3)]),
    ("ij,jk->ik", [(2, 0), (0, 3)]),
    ("ij,jk->ik", [(0, 2), (2, 3)]),
    ("bij,bjk->bik", [(1, 3, 4), (2, 4, 5)]),
    ("Ab,bA->A", [(2, 3), (3, 2)]),
]


def cases():
    for equation, shapes in EQUATIONS:
        inputs = [uniform(shape, seed=n) for n, shape in enumerate(shapes)]
        yield function("einsum", inputs, equation, *map(Input, range(len(inputs))))
    inputs = [uniform((5, 5))]
    for equation in ["ij,jk->ik", "ij,ij->i"]:
        yield function(
            "einsum", inputs, equation, Input(0), Input(0), note="with itself"
        )
    inputs = [integers((3, 4), -3, 4), integers((4, 2), -3, 4)]
    yield function("einsum", inputs, "ij,jk->ik", Input(0), Input(1))

"""What officers and citizens really type, over the catalogue as it ships, on a desk that has done nothing yet."""

from __future__ import annotations

import pytest

from desk_app.domain.find_procedure import FinderEntry, ProcedureFinder
from tests.domain.shipped import CATALOGUE

ENTRIES = [FinderEntry(h.id, h.name, h.short_name, h.synonyms, h.code or "", h.field_name) for h in CATALOGUE.headings]
FRESH = ProcedureFinder(ENTRIES, {}, CATALOGUE.usual)

ASKED = """\
bs → chung_thuc.ban_sao
dkks → ho_tich.khai_sinh
xnh → ho_tich.xac_nhan_hon_nhan
lam giay khai sinh → ho_tich.khai_sinh
xin tro cap nguoi gia → bao_tro.huu_tri_xa_hoi
cong chung → chung_thuc.ban_sao
ks → ho_tich.khai_sinh
kh → ho_tich.ket_hon
kt → ho_tich.khai_tu
tl → ho_tich.trich_luc
ck → chung_thuc.chu_ky
sao y → chung_thuc.ban_sao
doc than → ho_tich.xac_nhan_hon_nhan
giay doc than → ho_tich.xac_nhan_hon_nhan
dang ky khai sinhs → ho_tich.khai_sinh
ddawng kys khai tuwr → ho_tich.khai_tu
khai sinh → ho_tich.khai_sinh
khai tu → ho_tich.khai_tu
bao tu → ho_tich.khai_tu
cuoi vo → ho_tich.ket_hon
lay chong → ho_tich.ket_hon
trich luc → ho_tich.trich_luc
mat giay khai sinh → ho_tich.trich_luc
sua ngay sinh → ho_tich.cai_chinh
doi ten → ho_tich.cai_chinh
cai chinh → ho_tich.cai_chinh
xay nha → xay_dung.gpxd_moi
gpxd → xay_dung.gpxd_moi
so do → dat_dai.gcn_lan_dau
tranh chap dat → dat_dai.hoa_giai_tranh_chap
so ho ngheo → bao_tro.ho_ngheo_thuong_xuyen
ho ngheo → bao_tro.ho_ngheo_thuong_xuyen
khuyet tat → bao_tro.khuyet_tat
mai tang phi → bao_tro.mai_tang
giay phep kinh doanh → ho_kinh_doanh.thanh_lap
hkd → ho_kinh_doanh.thanh_lap
mo quan → ho_kinh_doanh.thanh_lap
di chuc → chung_thuc.di_chuc
uy quyen → chung_thuc.chu_ky
xac nhan ly lich → chung_thuc.chu_ky
so yeu ly lich → chung_thuc.chu_ky
sang ten dat → chung_thuc.giao_dich
ban dat → chung_thuc.giao_dich
chia thua ke → chung_thuc.phan_chia_di_san
nhan con nuoi → nuoi_con_nuoi.trong_nuoc
nhan con → ho_tich.nhan_cha_me_con
giam ho → ho_tich.giam_ho
tho cung liet si → nguoi_co_cong.tho_cung
ho chieu → noi_khac.ho_chieu
lam cccd → noi_khac.can_cuoc
doi bang lai → noi_khac.giay_phep_lai_xe
ly hon → noi_khac.ly_hon
2.000815 → chung_thuc.ban_sao
001193 → ho_tich.khai_sinh
chwng thuc chu ky → chung_thuc.chu_ky
dang ki khai sinh → ho_tich.khai_sinh
khia sinh → ho_tich.khai_sinh
toi muon lam giay khai sinh cho chau → ho_tich.khai_sinh
tam tru → cu_tru.tam_tru
ly lich tu phap → noi_khac.ly_lich_tu_phap
tien nguoi gia → bao_tro.huu_tri_xa_hoi
photo cong chung → chung_thuc.ban_sao
chung thuc → chung_thuc.ban_sao"""


@pytest.mark.parametrize("line", ASKED.splitlines())
def test_the_first_hit_on_a_fresh_desk_is_what_was_meant(line: str) -> None:
    query, wanted = line.split(" → ")
    assert FRESH.find(query)[0].id == wanted


def test_a_fresh_desk_proposes_nine_procedures_for_the_keys_1_to_9() -> None:
    assert FRESH.top_used(9) == CATALOGUE.usual and len(CATALOGUE.usual) == 9
    assert len(CATALOGUE.defaults["usual_procedures"]) == 9  # type: ignore[arg-type]  # none is misspelt


def test_own_use_weighs_more_than_what_is_usual_elsewhere() -> None:
    own = ProcedureFinder(ENTRIES, {"xay_dung.so_nha": 30}, CATALOGUE.usual)
    assert own.top_used(2) == ("xay_dung.so_nha", "chung_thuc.ban_sao")
    assert own.find("xay dung")[0].id == FRESH.find("xay dung")[0].id or own.find("xay dung")[0].id == "xay_dung.so_nha"


def test_every_procedure_is_found_by_its_own_name_and_by_its_code() -> None:
    for heading in CATALOGUE.headings:
        assert heading.id in [hit.id for hit in FRESH.find(heading.name)], heading.name
        if heading.code:
            assert FRESH.find(heading.code)[0].id == heading.id

"""Where a desk may live and where it refuses to."""

from __future__ import annotations

from pathlib import Path

import pytest

from desk_app.domain.errors import Failed, Refused
from desk_app.system.paths import Use, places, prepare, refuse_remote

MOUNTS = (
    "/dev/sda1 / ext4 rw 0 0\n"
    "//may-chu/chung /mnt/chia\\040sẻ cifs rw 0 0\n"
    "may-chu:/home /net nfs4 rw 0 0\n"
    "/dev/sdb1 /net/usb vfat rw 0 0\n"
    "me@far: /home/me/far fuse.sshfs rw 0 0\n"
)


def test_a_named_folder_holds_everything(tmp_path: Path) -> None:
    found = places(Use.TRAINING, tmp_path / "bộ")
    assert {found.data, found.settings.parent, found.logs.parent, found.papers.parent} == {tmp_path / "bộ"}


def test_real_training_and_development_never_share_a_folder() -> None:
    folders = [places(use) for use in Use]
    assert len({one.data for one in folders}) == len({one.settings for one in folders}) == 3


@pytest.mark.parametrize("place", ["/mnt/chia sẻ/desk", "/net/desk", "/home/me/far/desk"])
def test_a_network_share_is_refused_with_its_name(place: str) -> None:
    with pytest.raises(Refused) as refused:
        refuse_remote(Path(place), MOUNTS)
    assert refused.value.code == "DL-07"
    assert refused.value.values["where"]


@pytest.mark.parametrize("place", ["/srv/desk", "/net/usb/desk", "/network/desk", "/home/me/faraway"])
def test_a_disk_of_this_machine_is_taken(place: str) -> None:
    refuse_remote(Path(place), MOUNTS)


@pytest.mark.parametrize(
    "name", ["OneDrive", "OneDrive - UBND xã", "Dropbox", "Dropbox (Cá nhân)", "Google Drive", "My Drive", "Nextcloud"]
)
def test_a_cloud_folder_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(Refused) as refused:
        prepare(tmp_path / name / "desk")
    assert refused.value.code == "DL-07"
    assert not (tmp_path / name).exists()


def test_a_link_into_a_cloud_folder_is_seen(tmp_path: Path) -> None:
    (tmp_path / "Dropbox" / "x").mkdir(parents=True)
    (tmp_path / "desk").symlink_to(tmp_path / "Dropbox" / "x")
    with pytest.raises(Refused):
        prepare(tmp_path / "desk")


def test_the_folder_windows_names_in_the_environment_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OneDriveCommercial", str(tmp_path / "Tài liệu"))
    with pytest.raises(Refused):
        prepare(tmp_path / "Tài liệu" / "desk")


def test_names_that_only_look_alike_are_taken(tmp_path: Path) -> None:
    for name in ("OneDriver", "dropbox-cũ", "Hộp thư"):
        assert prepare(tmp_path / name).is_dir()


def test_a_place_that_cannot_be_a_folder_is_told_with_its_path(tmp_path: Path) -> None:
    (tmp_path / "tệp").write_text("")
    with pytest.raises(Failed) as failed:
        prepare(tmp_path / "tệp" / "desk")
    assert (failed.value.code, failed.value.values["path"]) == ("HT-07", str(tmp_path / "tệp" / "desk"))


def test_a_very_long_vietnamese_path_works(tmp_path: Path) -> None:
    deep = tmp_path.joinpath(*["Ủy ban nhân dân xã"] * 12)
    assert prepare(deep).is_dir()
    assert list(deep.iterdir()) == []

"""Editions built by hand: the shapes that mail, text, pages and feeds are tried on."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from briefing.model import (
    Change,
    Citation,
    Counts,
    Dating,
    Dispute,
    Edition,
    Failure,
    Image,
    LeftOut,
    Milestone,
    Picture,
    ProcessState,
    Reference,
    Sentence,
    Size,
    Stage,
    Telling,
)
from briefing.render.site import Publication, Site

SITE = Site(
    base_url="https://news.example.org/",
    title="My briefing",
    contact="https://news.example.org/contact",
    postal_address="1 Example Street, Example Town",
    publications=(Publication("morning", "Morning briefing"),),
)
NOW = datetime(2024, 11, 8, 0, 0, tzinfo=UTC)

TITLES = {"en": "Morning briefing", "vi": "Bản tin sáng", "th": "สรุปข่าวเช้า", "fa": "خبرنامهٔ صبحگاهی"}

# (headline, sentences): our own words about made-up or public matters.
STORIES = {
    "en": (
        (
            "Upper house sets a date for the treaty vote",
            "The upper house will vote on the partnership treaty on Wednesday, its speaker said.",
            "The lower house approved the text two weeks ago without a debate.",
            "Both governments say the pact replaces an agreement from 2000.",
        ),
        (
            "River levels fall after a week of flooding in the delta",
            "Water in the lower delta fell by forty centimetres overnight, the river office reported.",
            "Some 2,300 families are still in school buildings and temples.",
        ),
        (
            "Central bank holds rates for the third meeting in a row",
            "The central bank left its main rate at 4.5 percent and said that prices were rising more slowly.",
            "Two of nine members voted for a cut.",
        ),
        (
            "Metro line opens eight years late",
            "The first trains ran at five in the morning, with tickets free until the end of the month.",
            "The line cost nearly twice what was planned in 2012.",
        ),
        (
            "Rice exporters agree on a common quality mark",
            "Exporters of five countries signed a common standard for fragrant rice.",
            "Inspectors will begin sampling in March.",
        ),
    ),
    "vi": (
        (
            "Thượng viện ấn định ngày bỏ phiếu về hiệp ước",
            "Chủ tịch Thượng viện cho biết cuộc bỏ phiếu về hiệp ước đối tác sẽ diễn ra vào thứ Tư tới.",
            "Hai tuần trước, Hạ viện đã thông qua văn kiện này mà không cần tranh luận.",
            "Chính phủ hai nước nói rằng văn kiện mới thay thế thỏa thuận ký năm 2000.",
        ),
        (
            "Nước lũ ở đồng bằng bắt đầu rút sau một tuần",
            "Mực nước ở hạ lưu giảm bốn mươi xăng-ti-mét chỉ sau một đêm, theo cơ quan thủy văn.",
            "Khoảng 2.300 gia đình vẫn còn ở trong trường học và chùa.",
        ),
        (
            "Ngân hàng trung ương giữ nguyên lãi suất lần thứ ba liên tiếp",
            "Lãi suất chủ chốt vẫn ở mức 4,5 phần trăm vì giá cả tăng chậm lại.",
            "Hai trong chín thành viên muốn giảm lãi suất.",
        ),
        (
            "Tuyến tàu điện mở cửa muộn tám năm",
            "Chuyến tàu đầu tiên chạy lúc năm giờ sáng, vé được miễn phí đến cuối tháng.",
            "Chi phí của tuyến gần gấp đôi so với dự toán năm 2012.",
        ),
        (
            "Các nước xuất khẩu gạo thống nhất một nhãn chất lượng",
            "Doanh nghiệp của năm nước đã ký một tiêu chuẩn chung cho gạo thơm.",
            "Việc lấy mẫu kiểm tra sẽ bắt đầu vào tháng Ba.",
        ),
    ),
    "th": (
        (
            "วุฒิสภากำหนดวันลงมติสนธิสัญญาความเป็นหุ้นส่วน",
            "ประธานวุฒิสภาแถลงว่าจะลงมติรับรองสนธิสัญญาในวันพุธหน้า หลังสภาล่างเห็นชอบไปแล้วเมื่อสองสัปดาห์ก่อน",
            "สภาล่างให้ความเห็นชอบโดยไม่มีการอภิปรายและไม่มีเสียงคัดค้าน",
            "รัฐบาลทั้งสองประเทศระบุว่าข้อตกลงฉบับใหม่จะใช้แทนฉบับที่ลงนามไว้เมื่อปี 2543",
        ),
        (
            "ระดับน้ำในแม่น้ำลดลงหลังน้ำท่วมนานหนึ่งสัปดาห์",
            "สำนักงานลุ่มน้ำรายงานว่าระดับน้ำลดลงสี่สิบเซนติเมตรในคืนเดียว",
            "ยังมีอีกราว 2,300 ครอบครัวพักอยู่ในโรงเรียนและวัด",
        ),
        (
            "ธนาคารกลางคงอัตราดอกเบี้ยเป็นครั้งที่สามติดต่อกัน",
            "ธนาคารกลางคงดอกเบี้ยนโยบายไว้ที่ร้อยละ 4.5 และกล่าวว่าราคาสินค้าเพิ่มขึ้นช้าลง",
            "กรรมการสองในเก้าคนเสนอให้ลดดอกเบี้ย",
        ),
        (
            "รถไฟฟ้าสายใหม่เปิดให้บริการช้ากว่ากำหนดแปดปี",
            "ขบวนแรกออกวิ่งเวลาตีห้า ผู้โดยสารขึ้นฟรีจนถึงสิ้นเดือน",
            "ค่าก่อสร้างสูงเกือบสองเท่าของที่วางแผนไว้เมื่อปี 2555",
        ),
        (
            "ผู้ส่งออกข้าวห้าประเทศตกลงใช้เครื่องหมายคุณภาพร่วมกัน",
            "ผู้ส่งออกลงนามมาตรฐานร่วมสำหรับข้าวหอม ซึ่งจะเริ่มตรวจตัวอย่างในเดือนมีนาคม",
            "เกษตรกรหวังว่าราคาข้าวจะดีขึ้นในฤดูกาลหน้า",
        ),
    ),
    "fa": (
        (
            "مجلس اعیان روز رأی‌گیری دربارهٔ پیمان را تعیین کرد",
            "رئیس مجلس اعیان گفت که رأی‌گیری دربارهٔ پیمان همکاری چهارشنبهٔ آینده برگزار می‌شود.",
            "مجلس عوام دو هفته پیش این متن را بدون بحث تصویب کرده بود.",
            "دو دولت می‌گویند که این پیمان جایگزین توافقی می‌شود که در سال ۲۰۰۰ امضا شد.",
        ),
        (
            "سطح آب رودخانه پس از یک هفته سیل پایین آمد",
            "ادارهٔ رودخانه خبر داد که سطح آب یک‌شبه چهل سانتی‌متر پایین آمده است.",
            "حدود ۲۳۰۰ خانواده هنوز در مدرسه‌ها و معبدها به سر می‌برند.",
        ),
        (
            "بانک مرکزی برای سومین بار نرخ بهره را ثابت نگه داشت",
            "نرخ اصلی در ۴٫۵ درصد ماند و بانک گفت که قیمت‌ها آهسته‌تر بالا می‌روند.",
            "دو نفر از نه عضو خواهان کاهش نرخ بودند.",
        ),
        (
            "خط تازهٔ مترو با هشت سال تأخیر گشایش یافت",
            "نخستین قطار ساعت پنج صبح به راه افتاد و بلیت تا پایان ماه رایگان است.",
            "هزینهٔ این خط نزدیک به دو برابر برآورد سال ۲۰۱۲ شد.",
        ),
        (
            "صادرکنندگان برنج بر سر یک نشان کیفیت هم‌نظر شدند",
            "صادرکنندگان پنج کشور استاندارد مشترکی برای برنج معطر امضا کردند.",
            "نمونه‌برداری از ماه مارس آغاز می‌شود.",
        ),
    ),
}

# What timelines tell and the texts above do not.
EARLIER = {
    "en": (
        "Negotiators of both sides met for the first time on a river boat.",
        "The text was signed at a short ceremony in the harbour hall.",
        "A spokesman denied that the signature had been put off.",
        "The council expects to close the matter before the winter recess.",
    ),
    "vi": (
        "Các nhà đàm phán hai bên gặp nhau lần đầu trên một con tàu sông.",
        "Văn bản được ký trong một buổi lễ ngắn tại nhà cảng.",
        "Người phát ngôn phủ nhận tin việc ký kết bị hoãn lại.",
        "Hội đồng dự kiến khép lại việc này trước kỳ nghỉ đông.",
    ),
    "th": (
        "ผู้แทนเจรจาของทั้งสองฝ่ายพบกันครั้งแรกบนเรือในแม่น้ำ",
        "มีการลงนามในพิธีสั้น ๆ ที่อาคารท่าเรือ",
        "โฆษกปฏิเสธว่าไม่มีการเลื่อนการลงนาม",
        "คณะมนตรีคาดว่าจะปิดเรื่องนี้ก่อนปิดสมัยประชุมฤดูหนาว",
    ),
    "fa": (
        "مذاکره‌کنندگان دو طرف نخستین بار در یک کشتی رودخانه‌ای دیدار کردند.",
        "این متن در مراسمی کوتاه در تالار بندر امضا شد.",
        "سخنگو به تعویق افتادن امضا را تکذیب کرد.",
        "شورا انتظار دارد پیش از تعطیلات زمستانی کار را به پایان برساند.",
    ),
}

OUTLETS = {
    "en": ("The Harbour Post", "Delta Wire"),
    "vi": ("Báo Đồng Bằng", "Tin Cảng"),
    "th": ("หนังสือพิมพ์ท่าเรือ", "ข่าวลุ่มน้ำ"),
    "fa": ("روزنامهٔ بندر", "خبر دلتا"),
}
PHOTO = "https://cdn.example.com/2024/harbour.jpg?w=1200&q=80"
MOVED = {"en": "families", "vi": "gia đình", "th": "ครอบครัว", "fa": "خانواده"}
CATEGORIES = (None, "World", "Economy", "Science")
STAGES = (
    ("agreed", "Text agreed"),
    ("signed", "Signed"),
    ("lower", "Approved by the lower house"),
    ("upper", "Approved by the upper house"),
    ("ratified", "Ratified"),
    ("force", "In force"),
)


def sentence(text: str, language: str, article: str, published: Dating | None = None) -> Sentence:
    """Give one extracted sentence citing one article."""
    return Sentence(text, language, (Citation(article, text, 0, len(text)),), published)


def reference(number: int, language: str, title: str, outlet: int = 0) -> Reference:
    """Give an article of an outlet of a language, dated by its number; every third date is inferred, one is missing."""
    day = f"2024-11-{1 + number % 7:02d}"
    return Reference(
        id=f"{number:016x}",
        title=title,
        language=language,
        source=f"feed-{language}",
        outlet=OUTLETS[language][outlet],
        url=f"https://{language}{outlet}.example.com/2024/news-{number}.html?a=1&b={number}",
        published=None if number % 11 == 10 else Dating(day, "text" if number % 3 == 2 else "page"),
        credit="Harbour Agency" if number % 4 == 1 else None,
        also_in=("Copy One", "Copy Two") if number % 5 == 3 else (),
        new=number % 2 == 0,
    )


def process(article: str, language: str) -> ProcessState:
    """Give a treaty that the lower house has approved and the upper house is about to vote on."""
    text = STORIES[language][0][2]
    states = ("done", "done", "done", "announced", "open", "open")
    dates = ("2024-03-01", "2024-06-19", "2024-10-24", "2024-11-13", None, None)
    stages = tuple(
        Stage(key, name, state, day, sentence(text, language, article) if state != "open" else None)  # type: ignore[arg-type]
        for (key, name), state, day in zip(STAGES, states, dates, strict=True)
    )
    return ProcessState("treaty", "Treaty", stages, "lower", "upper")


def _earlier(step: int, told: Sentence) -> Sentence:
    return sentence(EARLIER[told.language][step], told.language, told.citations[0].article, told.published)


def telling(number: int, languages: tuple[str, ...], size: Size) -> Telling:
    """Give one storyline told from an article in each of the languages; larger sizes carry more."""
    first = languages[number % len(languages)]
    told = [languages[(number + step) % len(languages)] for step in range({"lead": 4, "medium": 2, "brief": 1}[size])]
    references, sentences = [], []
    for step, language in enumerate(told):
        headline, *texts = STORIES[language][number % 5]
        ref = reference(number * 10 + step, language, headline, step % 2)
        references.append(ref)
        sentences.append(sentence(texts[step % len(texts)], language, ref.id, ref.published))
    if size != "brief":
        for step in range(6 if size == "lead" else 2):
            language = languages[step % len(languages)]
            extra = reference(number * 10 + 500 + step, language, STORIES[language][number % 5][0], step % 2)
            earlier = Dating(f"2024-{6 + step % 5:02d}-{10 + step:02d}", "feed")
            references.append(replace(extra, published=earlier))
    last = references[len(told) - 1]
    other = sentence(STORIES[told[-1]][number % 5][-1], told[-1], last.id, last.published)
    milestones = tuple(
        Milestone(day, _earlier(step, sentences[step % len(sentences)]), status)
        for step, (day, status) in enumerate(
            (("2024-06-19", "happened"), ("2024-10", "happened"), ("2024-11-05", "denied"), ("2024-11-13", "announced"))
        )
    )  # fmt: skip
    suffix = "" if number < 5 else f" ({number})"
    return Telling(
        id=f"s{number}",
        slug=f"storyline-{number}",
        development=f"d{number}",
        headline=STORIES[first][number % 5][0] + suffix,
        headline_language=first,
        headline_article=references[0].id,
        size=size,
        weight=1 / (number + 1),
        updated_at=NOW,
        sentences=tuple(sentences),
        new=(other, sentences[0]) if size == "lead" else (),
        changes=(Change(MOVED[other.language], "2,300", "1,900", (sentences[0], other)),) if size == "lead" else (),
        disputes=(Dispute((sentences[0], other)),) if size == "lead" else (),
        milestones=milestones if size == "lead" else milestones[:2] if size == "medium" else (),
        process=process(references[0].id, first) if number % 5 == 0 else None,
        references=tuple(references),
        category=CATEGORIES[number % 4],
        first_seen="2024-06-19" if number % 2 == 0 else "2024-11-08",
        unchanged_since="2024-11-05" if number % 6 == 4 else None,
    )


def edition(count: int, *languages: str, interface: str | None = None) -> Edition:
    """Give an edition of ``count`` storylines told from these languages (all four where none is named)."""
    chosen = languages or ("en", "vi", "th", "fa")
    own = interface or chosen[0]
    sizes: list[Size] = ["lead", *["medium"] * min(4, max(count // 4, 1)), *["brief"] * count]  # type: ignore[list-item]
    return Edition(
        newsletter="morning",
        title=TITLES.get(own, "Morning briefing"),
        date=date(2024, 11, 8),
        made_at=NOW,
        time_zone="Asia/Ho_Chi_Minh",
        language=own,
        storylines=tuple(telling(number, chosen, sizes[number]) for number in range(count)),
        left_out=(
            LeftOut("s900", "storyline-900", STORIES[chosen[-1]][1][0], chosen[-1], "budget"),
            LeftOut("s901", "storyline-901", STORIES[chosen[0]][2][0], chosen[0], "muted"),
        ) if count else (),
        failures=(Failure("collect", "delta-wire", "timed out after 10 s", NOW, transient=True),),
        counts=Counts(sources=14, sources_failed=1, articles=240, articles_new=61, storylines=31, storylines_told=count,
                      languages=chosen),
        reading_minutes=5,
        upto=240,
    )  # fmt: skip


def with_pictures(made: Edition, image: Image | None = None, file: str | None = None) -> Edition:
    """Give the edition with a picture for each of its storylines that are not brief."""
    shown = image or Image(PHOTO, "Cranes at dusk", 1200, 675)
    return replace(
        made,
        storylines=tuple(
            replace(telling, picture=Picture(telling.headline_article, shown, file))
            if telling.size != "brief"
            else telling
            for telling in made.storylines
        ),
    )

# SPDX-License-Identifier: LGPL-3.0-or-later
"""The words of the printed evaluation: Vietnamese whatever the reader's language."""

#: Short heads of the measures, by code.
MEASURE_HEADS = {
    "completion": "Hoàn thành",
    "on_time": "Đúng hạn",
    "freshness": "Có cập nhật",
    "quality": "Chất lượng",
    "not_refused": "Không bị trả lại",
    "reports_on_time": "Báo cáo đúng hạn",
    "extensions_asked": "Xin gia hạn",
    "extensions_granted": "Được gia hạn",
    "returns_refused": "Chuyển lại bị bác",
    "progress_335": "Tiến độ (NĐ 335)",
    "quality_335": "Chất lượng (NĐ 335)",
}
#: How each is made, under the table.
MEASURE_FORMULAS = {
    "completion": "hoàn thành ÷ (hoàn thành + chưa hoàn thành quá hạn)",
    "on_time": "hoàn thành đúng hạn, sớm hạn ÷ hoàn thành",
    "freshness": "chưa hoàn thành có cập nhật trong những ngày gần đây ÷ chưa hoàn"
    " thành",
    "quality": "kết quả có chất lượng và hiệu quả từ đạt trở lên ÷ kết quả đã đánh giá",
    "not_refused": "kết quả được xác nhận ÷ (được xác nhận + bị trả lại)",
    "reports_on_time": "báo cáo gửi đúng hạn ÷ báo cáo đã đến hạn gửi",
    "extensions_asked": "nhiệm vụ xin gia hạn trong kỳ ÷ nhiệm vụ có thời hạn",
    "extensions_granted": "nhiệm vụ được gia hạn trong kỳ ÷ nhiệm vụ có thời hạn",
    "returns_refused": "lần chuyển lại bị bác ÷ lần chuyển lại được trả lời trong kỳ",
    "progress_335": "mỗi sản phẩm 100%, mỗi lần chậm trừ 25% trừ khi nguyên nhân khách"
    " quan được xác nhận, thấp nhất là 0 (Nghị định số 335/2025/NĐ-CP) ÷ sản phẩm hoàn"
    " thành hoặc quá hạn",
    "quality_335": "mỗi sản phẩm 100%, mỗi lần kết quả bị trả lại trừ 25% trừ khi"
    " nguyên nhân khách quan được xác nhận, thấp nhất là 0 ÷ sản phẩm hoàn thành hoặc"
    " quá hạn",
}
SCORE_FORMULA = (
    "Điểm là trung bình các chỉ tiêu theo trọng số; chỉ tiêu không có gì để đo (–) thì"
    " không tính trọng số."
)

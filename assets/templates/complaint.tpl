# Phiếu ghi nhận khiếu nại. Cách viết: core/codec/template.h và assets/README.md.
if training
mark: TẬP HUẤN
space 8
end
text center bold: {unit}
if point
text center: {point}
end
space 14
text center bold big: KHIẾU NẠI
text center bold: Số {number}
space 10
pair: Lúc | {at}
pair: Người ghi | {actor}
rule
field 12 bold: Biên nhận | {code}
pair: Số tiền | {amount} đồng
field 12: Lý do | {reason}
rule
text: Phiếu này chỉ ghi nhận khiếu nại. Khoản chi chưa thay đổi gì trong sổ.
space 10
pair: Người khiếu nại | Người ghi
pair: (ký hoặc điểm chỉ) | (ký)
space 130
rule
text center: Xin giữ phiếu này.
if training
space 8
mark: TẬP HUẤN
end
space 24
cut

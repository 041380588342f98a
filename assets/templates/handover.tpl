# Phiếu chuyển một người sang máy khác. Cách viết: core/codec/template.h và assets/README.md.
if training
mark: TẬP HUẤN
space 8
end
text center bold: {unit}
if point
text center: {point}
end
space 14
text center bold big: CHUYỂN MÁY
if all
text center bold: Mã {number} / {all}
end
space 10
field 12 bold: Người hưởng | {name}
pair: Giấy tờ | {id}
pair: Số tiền | {amount} đồng
pair: Từ máy | {from}
pair: Sang máy | {to}
pair: Lúc | {at}
space 10
qr 5: {qr}
space 10
text center: Quét mã này ở máy {to}. Tiền chi ở máy đó, máy {from} không chi nữa.
if training
space 8
mark: TẬP HUẤN
end
space 24
cut

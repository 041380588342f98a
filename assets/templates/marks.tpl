# Dấu đã chi gửi máy khác. Cách viết: core/codec/template.h và assets/README.md.
if training
mark: TẬP HUẤN
space 8
end
text center bold: {unit}
if point
text center: {point}
end
space 14
text center bold big: DẤU ĐÃ CHI
text center bold: Mã {number} / {all}
space 10
pair: Máy | {device}
pair: Danh sách kỳ | {period}
pair: Đã chi | {paid} / {count} khoản
pair: Lúc | {at}
space 10
qr 5: {qr}
space 10
text center: Quét đủ các mã ở máy kia, thứ tự nào cũng được.
if training
space 8
mark: TẬP HUẤN
end
space 24
cut

# Phiếu tự kiểm tra. Cách viết: core/codec/template.h và assets/README.md.
if training
mark: TẬP HUẤN
space 8
end
text center bold: {unit}
if point
text center: {point}
end
space 14
text center bold big: TỰ KIỂM TRA
space 10
pair: Máy | {device}
pair: Lúc | {at}
pair: Bản ghi cuối | {head}
rule
each check
pair bold: {check.name} | {check.state}
text: {check.detail}
end
rule
if good
text center bold big: TỐT CẢ
end
unless good
text center bold big: CÓ LỖI
text center: Xem những dòng ghi [HỎNG]
end
space 10
# Chữ hiện đúng dấu, không mất nét nào: máy in tốt
text: Ắ Ằ Ẳ Ẵ Ặ Ễ Ệ Ỗ Ợ Ữ Ự Ỵ Đ đ ư ơ ă â ê ô
if training
space 8
mark: TẬP HUẤN
end
space 24
cut

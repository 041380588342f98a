# Phiếu số bốc thăm của lần kiểm tra mẫu. Cách viết: core/codec/template.h và assets/README.md.
if training
mark: TẬP HUẤN
space 8
end
if again
mark: IN LẠI
space 8
end
text center bold: {unit}
if point
text center: {point}
end
space 14
text center bold big: SỐ BỐC THĂM
text center bold: Lần rút số {number}
space 10
pair: Lúc | {at}
pair: Người rút | {actor}
pair: Số biên nhận | {count}
pair: Bản ghi số | {range}
rule
text center bold: {first}
text center bold: {second}
rule
text: Số này đã ghi vào sổ trước khi rút. Ai có sổ và số này đều rút lại được đúng các biên nhận đó.
space 10
pair: Người rút | Người chứng kiến
pair: (ký) | (ký)
space 130
rule
text center: Lưu cùng hồ sơ kiểm tra mẫu.
if training
space 8
mark: TẬP HUẤN
end
space 24
cut

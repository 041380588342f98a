# In thử máy in: phần đầu; các mẫu chữ do terminal/app/print_test.c in tiếp theo.
text center bold big: IN THỬ
space 10
text: Mỗi mẫu có một số. Mẫu nào in đúng hết các chữ có dấu thì bấm số của mẫu đó; có thể nhiều số.
text: Mẫu 8 và 9: dòng gạch phải nguyên vẹn đến hết bề ngang giấy.
space 10
rule
